package store.ledger

import scala.collection.mutable
import java.time.{Instant, LocalDate}

/** Something with an amount. */
trait Entry {
  def amount: BigDecimal

  def isDebit: Boolean = amount < 0
}

/** A payment.
  *
  * @param amount in euros
  */
final case class Payment(amount: BigDecimal, memo: String = "") extends Entry

@SerialVersionUID(1L)
class Ledger(private val name: String, limit: Int) extends Serializable {
  private val entries = mutable.Buffer.empty[Entry]

  def this(name: String) = this(name, 100)

  /** Adds an entry, unless the ledger is full. */
  @throws[IllegalStateException]
  def add(entry: Entry, force: Boolean = false)(implicit clock: Instant): Boolean = {
    if (entries.size >= limit && !force) {
      throw new IllegalStateException(name)
    }
    entries += entry
    true
  }

  // Not a doc.
  protected def describe[A <: Entry](entry: A): String = entry match {
    case Payment(amount, _) if amount > 0 => s"in $amount"
    case Payment(amount, memo) => s"out $amount $memo"
    case other => other.toString
  }

  def total: BigDecimal = {
    def add(left: BigDecimal, right: Entry) = left + right.amount
    var sum = BigDecimal(0)
    for (entry <- entries) {
      sum = add(sum, entry)
    }
    sum
  }
}

object Ledger {
  val empty = new Ledger("empty", 0)

  def of(entries: Entry*): Ledger = new Ledger("made", entries.size)
}

package object syntax {
  implicit def toPayment(amount: Int): Payment = Payment(BigDecimal(amount))
}

package reports {
  /** Prints a ledger. */
  object Printer {
    def print(ledger: Ledger): Unit = println(ledger.total)
  }
}

object Rates {
  val double = (rate: Double) => rate * 2

  val checked: Int => Int = rate => {
    if (rate > 0) rate else 0
  }
}
