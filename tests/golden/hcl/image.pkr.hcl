# Copyright 2024 The authors

packer {
  required_plugins {
    docker = { version = ">= 1.0.8", source = "github.com/hashicorp/docker" }
  }
}

# What the image is made from.
variable "base" {
  type    = string
  default = "debian:12"
}

locals {
  tag  = var.base == "debian:12" ? "stable" : "testing"
  labs = { for name in ["a", "b"] : name => upper(name) if name != local.tag }
}

data "http" "release" {
  url = "https://example.org/release"
}

/*
 * A container to install into.
 */
source "docker" "image" {
  image  = var.base
  commit = true
}

build {
  name    = "image"
  sources = ["source.docker.image"]

  provisioner "shell" {
    inline = ["apt-get update", "apt-get install -y make"]
  }
}
