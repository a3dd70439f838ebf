@0xdbb9ad1f14bf0b36;

using Shared = import "shared.capnp";

struct Customer {
  # A customer of the store.

  name @0 :Text;
  kind @1 :Kind;

  enum Kind {
    person @0;
    company @1;
  }

  struct Address {
    street @0 :Text;
  }
}

interface Folder {
  # Where files are kept.
  # They have names.

  open @0 (name :Text, mode :UInt8) -> (size :UInt64);
  # Opens a file.

  remove @1 (name :Text) -> (done :Bool);
}
