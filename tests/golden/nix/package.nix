{ lib, stdenv, fetchurl, withDocs ? false }:

let
  helpers = import ./helpers.nix;

  # Makes a name of its parts.
  mkName = prefix: version: "${prefix}-${version}";

  /* Picks the sources for a system. */
  sources = { system, mirror ? "main", ... }:
    if system == "x86_64-linux" && mirror == "main" then
      fetchurl { url = "https://example.org/x86.tar.gz"; }
    else
      fetchurl { url = "https://example.org/any.tar.gz"; };
in
stdenv.mkDerivation rec {
  pname = "store";
  version = "1.0";

  passthru = {
    tests.run = drv: drv.overrideAttrs (old: { doCheck = true; });
  };

  meta = {
    description = mkName pname version;
  };
}
