import type { Clock } from "./clock";

/** What a store keeps. */
export interface Entry<T> {
  readonly key: string;
  value: T;
  /** Says whether it is still fresh. */
  fresh(now: number): boolean;
}

export type Key = string | number;

export enum Policy {
  Oldest = "oldest",
  Largest = "largest",
}

declare function now(): number;

namespace Limits {
  export function check(size: number): void {
    if (size > 10) throw new RangeError("size");
  }
}

function sealed(target: Function): void {}

/**
 * Keeps entries until they are old.
 */
@sealed
export abstract class Store<T extends object> implements Iterable<Entry<T>> {
  protected constructor(private readonly clock: Clock, public size?: number) {}

  /** Reads an entry. */
  public get(key: Key): Entry<T> | undefined;
  public get(key: Key, fallback: Entry<T>): Entry<T>;
  public get(key: Key, fallback?: Entry<T>): Entry<T> | undefined {
    for (const entry of this) {
      if (entry.key === key && entry.fresh(this.clock.now())) return entry;
    }
    return fallback;
  }

  abstract [Symbol.iterator](): Iterator<Entry<T>>;

  protected abstract evict(policy: Policy): number;

  set limit(size: number) {
    this.size = size;
  }

  private readonly log = (text: string, ...rest: unknown[]): void => {
    console.log(text, rest);
  };
}

/** Sorts entries by key. */
export const sorted = async <T,>(entries: Entry<T>[], reverse = false): Promise<Entry<T>[]> => {
  const order = reverse ? -1 : 1;
  return [...entries].sort((a, b) => order * a.key.localeCompare(b.key));
};

export function isKey(this: void, value: unknown): value is Key {
  return typeof value === "string" || typeof value === "number";
}
