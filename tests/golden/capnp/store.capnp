@0xdbb9ad1f14bf0b36;

using Shared = import "shared.capnp";

# A customer of the store.
struct Customer {
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

# Where files are kept.
interface Folder {
  # Opens a file.
  open @0 (name :Text, mode :UInt8) -> (size :UInt64);
  remove @1 (name :Text) -> (done :Bool);
}
