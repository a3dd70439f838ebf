import 'dart:async';
import 'package:store/item.dart' show Item;

/// What a cart can be in.
enum CartState { open, paid }

/// Counts what is in it.
mixin Counting {
  int count() {
    return 0;
  }
}

abstract class Priced {
  double price(String currency);
}

class Discount implements Priced {
  final double share;

  Discount(this.share) {
    assert(share < 1);
  }

  const Discount.none() : share = 0;

  const factory Discount.half() = HalfDiscount;
}

/// A cart of items.
///
/// It keeps the order in which they came.
class Cart extends Object with Counting {
  final List<Item> items;
  CartState state = CartState.open;

  Cart(this.items);

  Cart.empty({this.items = const []}) {
    state = CartState.paid;
  }

  factory Cart.of(Item item) => Cart([item]);

  /// The sum of all prices.
  double get total => items.fold(0, (sum, item) => sum + item.price);

  set first(Item item) {
    items.insert(0, item);
  }

  @override
  bool operator ==(Object other) => other is Cart && other.items == items;

  /// Adds an item, and waits until it is there.
  @deprecated
  Future<void> add(Item item, {int times = 1, String? note}) async {
    for (var i = 0; i < times; i++) {
      if (item.price < 0 || times > 100) {
        throw ArgumentError(note);
      }
      items.add(item);
    }
  }

  // No doc.
  static String label(CartState state, [String prefix = 'cart']) {
    switch (state) {
      case CartState.open:
        return '$prefix open';
      default:
        return prefix;
    }
  }
}

extension Pricing on Item {
  double discounted(double share) => price * (1 - share);
}

/// Finds the cheapest item.
Item? cheapest(List<Item> items) {
  int compare(Item a, Item b) {
    return a.price.compareTo(b.price);
  }

  try {
    return (items..sort(compare)).first;
  } on StateError catch (error) {
    return items.isEmpty ? null : items.first;
  }
}
