# Copyright 2024 The authors

terraform {
  required_version = ">= 1.5"
}

provider "aws" {
  region = var.region
}

# Where everything runs.
variable "region" {
  description = "A region's name"
  type        = string
  default     = "eu-central-1"

  validation {
    condition     = length(var.region) > 3 && var.region != "none"
    error_message = "Not a region."
  }
}

variable "subnets" {
  type = map(object({ cidr = string, public = bool }))
}

locals {
  public = { for name, subnet in var.subnets : name => subnet if subnet.public }
  tags   = merge(var.tags, { Project = "network" })
}

data "aws_availability_zones" "available" {
  state = "available"
}

/*
 * The network itself, with names for its hosts.
 */
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = var.region == "eu-central-1" ? true : false

  lifecycle {
    prevent_destroy = true
  }
}

// One for each that is asked for,
// spread over the zones.
resource "aws_subnet" "each" {
  for_each          = var.subnets
  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value.cidr
  availability_zone = data.aws_availability_zones.available.names[0]

  dynamic "timeouts" {
    for_each = each.value.public ? [1] : []
    content {
      create = "10m"
    }
  }
}

module "gateway" {
  source  = "./modules/gateway"
  subnets = keys(local.public)
}

moved {
  from = aws_subnet.all
  to   = aws_subnet.each
}

check "health" {
  assert {
    condition     = length(local.public) > 0
    error_message = "There is no public subnet."
  }
}

# The network's id.
output "id" {
  value = aws_vpc.main.id
}
