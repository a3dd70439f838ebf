"""method_completion shows what follows a method in its class, before it."""

import pytest

from tests.samples.views import cuts_of, task, texts, view_of
from transforms.samples.drafts import Piece

JAVA = """\
package shapes;

class Account {
  private long balance;

  void deposit(long amount) {
    checkPositive(amount);
    balance = balance + amount;
  }

  // Never negative.
  private static final long LIMIT = 1000;

  void withdraw(long amount) {
    checkPositive(amount);
    balance = balance - Math.min(amount, LIMIT);
  }

  private void checkPositive(long amount) {
    if (amount <= 0) throw new IllegalArgumentException();
  }
}
"""

PYTHON = '''\
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    @property
    def worth(self):
        total = self.balance + self.interest()
        return round(total, 2)

    @worth.setter
    def worth(self, value):
        self.balance = value - self.interest()
        self.check()

    if DEBUG:
        def show(self):
            print(self.owner, self.balance)

    rate = 0.02

    value = property(worth)

    def interest(self):
        """What a year brings."""
        years = 1
        return self.balance * self.rate * years
'''

CPP = """\
class Account {
 public:
  void deposit(long amount) {
    check(amount);
    balance_ += amount;
  }

  long balance() const { return balance_; }

 private:
  void check(long amount);
  long balance_ = 0;
};
"""

RUBY = """\
class Account
  def deposit(amount)
    check(amount)
    @balance += amount
  end

  def balance
    @balance
  end

  private

  def check(amount)
    raise ArgumentError if amount <= 0
  end
end
"""

RUST = """\
impl Account {
    pub fn deposit(&mut self, amount: u64) {
        self.check(amount);
        self.balance += amount;
    }

    fn check(&self, amount: u64) {
        assert!(amount > 0, "nothing to do");
    }
}
"""

OBJC = """\
@implementation Account
- (void)deposit:(long)amount
{
  [self check:amount];
  _balance += amount;
}

#pragma mark - Checks

- (void)check:(long)amount
{
  NSAssert(amount > 0, @"nothing to do");
}
@end
"""

GO = """\
package account

func (a *Account) Deposit(amount int) {
	a.check(amount)
	a.balance += amount
}

func (a *Account) check(amount int) {
	if amount <= 0 { panic("nothing to do") }
}
"""


def context_of(source: str, language: str, name: str, max_context_chars: int = 8192) -> str:
    view = view_of(source, language, max_context_chars)
    cuts = task("method_completion").cut(view)
    return texts(view, next(cut for cut in cuts if cut.definition.qualified_name == name))[0]


def test_members_stand_before_the_method_as_one_class() -> None:
    context = context_of(JAVA, "java", "Account.deposit")
    start, end = JAVA.index("\n  void deposit"), JAVA.index("{\n    checkPositive")
    after = JAVA[JAVA.index("\n  // Never") : JAVA.rindex("}\n")]
    assert context == JAVA[:start] + after + JAVA[start:end]


def test_a_blank_line_stands_between_members_after_a_header_without_one() -> None:
    context = context_of(PYTHON, "python", "Account.__init__")
    assert context.startswith("class Account:\n\n    @property\n")
    assert context.endswith("* years\n\n    def __init__(self, owner, balance=0):")


def test_windows_line_ends_stay() -> None:
    context = context_of(PYTHON.replace("\n", "\r\n"), "python", "Account.__init__")
    assert context.endswith("* years\r\n\r\n    def __init__(self, owner, balance=0):")


@pytest.mark.parametrize(
    ("language", "source", "name", "shown", "hidden"),
    [
        (
            "python",
            PYTHON,
            "Account.worth",
            ["rate = 0.02", "if DEBUG", "def interest"],
            ["setter"],
        ),
        ("cpp", CPP, "Account.deposit", ["long balance() const"], ["private:", "balance_ = 0"]),
        ("ruby", RUBY, "Account.deposit", ["def balance"], ["private", "def check"]),
        ("rust", RUST, "Account.deposit", ["fn check"], []),
        ("objc", OBJC, "Account.deposit:", ["check:(long)amount"], ["pragma"]),
        ("go", GO, "Account.Deposit", [], ["check(amount int)"]),
    ],
    ids=["other form of it", "section", "word on a line", "impl", "no code", "no class around"],
)
def test_what_is_shown(
    language: str, source: str, name: str, shown: list[str], hidden: list[str]
) -> None:
    context = context_of(source, language, name)
    assert [text for text in shown if text not in context] == []
    assert [text for text in hidden if text in context] == []


def test_fields_go_before_methods_where_room_is_scarce() -> None:
    room = JAVA.index("{\n    checkPositive") + 80
    context = context_of(JAVA, "java", "Account.deposit", room)
    assert len(context) <= room
    assert "LIMIT = 1000" in context
    assert "withdraw" not in context


@pytest.mark.parametrize("room", range(60, 700, 20))
def test_context_is_bounded_and_of_whole_pieces(room: int) -> None:
    view = view_of(JAVA, "java", room)
    for cut in cuts_of(view, "method_completion").values():
        context = texts(view, cut)[0]
        header = cut.identity[0]
        assert isinstance(header, Piece)
        assert len(context) <= max(room, header.end - header.start)
        assert len(set(cut.context)) == len(cut.context)
        assert isinstance(cut.context[-1], Piece)
        assert cut.context[-1].end == cut.span.start
