using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Store.Stock
{
    /// <summary>
    /// Tells who wants to know that an item ran out.
    /// </summary>
    public delegate void StockChanged(string sku, int left);

    public enum Shelf { Cold, Dry }

    /// <summary>What a warehouse can do.</summary>
    public interface IWarehouse<T> where T : class
    {
        /// <summary>Counts what is left.</summary>
        /// <param name="sku">which item</param>
        int Count(string sku);
    }

    public readonly struct Price
    {
        private readonly decimal amount;

        public Price(decimal amount, string currency = "EUR") : this()
        {
            this.amount = amount;
        }

        public static Price operator +(Price a, Price b) => new Price(a.amount + b.amount);

        public static implicit operator decimal(Price price) => price.amount;
    }

    public record Line(string Sku, int Quantity);

    /// <summary>
    /// A warehouse that keeps all in memory.
    /// Not safe for threads.
    /// </summary>
    [Serializable]
    public class Warehouse : IWarehouse<Line>
    {
        private readonly Dictionary<string, int> items = new();

        public Warehouse(IEnumerable<Line> lines)
        {
            foreach (var line in lines)
            {
                Add(line);
            }
        }

        ~Warehouse()
        {
            items.Clear();
        }

        public int Size => items.Count;

        public int this[string sku] => Count(sku);

        /* Plain comment, no doc. */
        [Obsolete("use Size")]
        [Pure]
        public int Count(string sku)
        {
            return items.TryGetValue(sku, out var found) ? found : 0;
        }

        // Adds a line.
        internal virtual async Task<bool> AddAsync(Line line, params string[] tags)
        {
            bool Known(string sku)
            {
                return items.ContainsKey(sku);
            }

            if (line == null || line.Quantity <= 0)
            {
                throw new ArgumentException(nameof(line));
            }
            switch (line.Sku)
            {
                case "none":
                    return false;
                default:
                    break;
            }
            await Task.Delay(1);
            return Known(line.Sku);
        }
    }
}
