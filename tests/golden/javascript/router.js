import { parse } from "./parse.js";
const fs = require("fs");

/**
 * Answers requests by their path.
 */
export class Router extends Map {
  #hits = 0;

  /** Makes a router without routes. */
  constructor(prefix = "/", { strict = false, ...rest } = {}) {
    super();
    this.prefix = prefix;
  }

  static from(routes) {
    const router = new Router();
    for (const [path, handler] of routes) {
      router.set(path, handler);
    }
    return router;
  }

  get hits() {
    return this.#hits;
  }

  /**
   * Finds the handler of a path.
   *
   * @param {string} path
   */
  async find(path, ...params) {
    this.#hits++;
    if (this.has(path) && !path.includes("..")) {
      return this.get(path) ?? null;
    }
    return params.length ? params[0] : undefined;
  }

  onError = (error) => {
    console.error(error);
  };
}

/** Joins parts of a path. */
export const join = (...parts) => parts.filter((part) => part).join("/");

// Not a doc: two lines away.

function* numbers(limit) {
  let n = 0;
  while (n < limit) {
    yield n++;
  }
}

export default function main(argv) {
  try {
    const inner = function helper(x) {
      return x || 1;
    };
    return inner(argv);
  } catch (error) {
    return 1;
  }
}

const handlers = {
  open(path) {
    return fs.open(path);
  },
  close: function (handle) {
    handle.close();
  },
  ["computed"]: async () => {},
};

module.exports.reload = function reload(path) {
  switch (path) {
    case "/":
      return true;
    default:
      return false;
  }
};
