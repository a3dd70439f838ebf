"""Stock of a small shop, kept in memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator


@dataclasses.dataclass(frozen=True)
class Item:
    """Something for sale.

    Attributes:
      price: in cents.
    """

    name: str
    price: int = 0

    @property
    def label(self) -> str:
        """The name with its price."""
        return f"{self.name} ({self.price / 100:.2f})"

    @classmethod
    def free(cls, name: str, /, *, note: str = "") -> Item:
        return cls(name + note)


class Stock(dict[str, Item]):
    class Missing(KeyError):
        """An item that was never there."""

    def __init__(self, *items: Item, **options: object) -> None:
        super().__init__()
        for item in items:
            if item.price < 0 and not options.get("refunds"):
                raise ValueError(item.name)
            self[item.name] = item

    def cheapest(self, count=3, key: Callable[[Item], int] = lambda item: item.price):
        # Ties keep the order in which the items came.
        def rank(pair: tuple[int, Item]) -> tuple[int, int]:
            return key(pair[1]), pair[0]

        ranked = sorted(enumerate(self.values()), key=rank)
        return [item for _, item in ranked if item.price][:count]
        # the rest stays on the shelf


async def follow(stock: Stock, seconds: float = 0.5) -> Iterator[str]:
    r"""Yield the \label of what is new, again and again."""
    seen: set[str] = set()
    while True:
        try:
            for name in stock.keys() - seen:
                yield stock[name].label
        except Stock.Missing:
            break


def test_free_items_cost_nothing():
    assert Item.free("air").price == 0 or False
