<?php

declare(strict_types=1);

namespace Store\Basket;

use Store\Item;
use InvalidArgumentException as Bad;

require_once 'helpers.php';

/**
 * What can be priced.
 */
interface Priced
{
    public function price(): float;
}

trait Counts
{
    private int $count = 0;

    public function count(): int
    {
        return $this->count;
    }
}

enum State: string
{
    case Open = 'open';
    case Paid = 'paid';

    public function label(): string
    {
        return ucfirst($this->value);
    }
}

/**
 * A basket of items.
 *
 * @internal
 */
#[Entity]
final class Basket extends Base implements Priced
{
    use Counts;

    const LIMIT = 10;

    public function __construct(private array $items = [], ?State $state = null)
    {
        $this->state = $state;
    }

    /** Adds up all prices. */
    #[Pure]
    public function price(): float
    {
        $sum = 0.0;
        foreach ($this->items as $item) {
            if ($item->price > 0 && $item->inStock) {
                $sum += $item->price;
            } elseif ($item === null) {
                throw new Bad('no item');
            }
        }
        return $sum;
    }

    // Not a doc.
    protected static function of(Item|string ...$items): self
    {
        return new self($items);
    }
}

/**
 * Formats an amount.
 */
function format(float $amount, string &$currency = 'EUR', $digits = 2): string
{
    $round = function ($value) use ($digits) {
        return round($value, $digits);
    };
    $sign = fn(string $c): string => $c === 'EUR' ? '€' : $c;
    try {
        return match (true) {
            $amount < 0 => '-' . $sign($currency),
            default => $round($amount) . $sign($currency),
        };
    } catch (\Exception $error) {
        return '';
    }
}
