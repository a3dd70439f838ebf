include "shared.thrift"

namespace py mail

/** How urgent a message is. */
enum Priority {
  LOW = 1,
  HIGH = 2
}

/**
 * A message and to whom it goes.
 */
struct Message {
  1: required string subject,
  2: optional list<string> to,
  3: Priority priority = Priority.LOW
}

union Body {
  1: string text
  2: binary html
}

exception Refused {
  1: string reason
}

/** Sends messages. */
service Mailer extends shared.Service {
  /** Sends one message. */
  i32 send(1: Message message, 2: i32 retries = 3) throws (1: Refused refused),

  oneway void flush()
}
