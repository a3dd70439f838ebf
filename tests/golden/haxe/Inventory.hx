package shop.stock;

import haxe.ds.StringMap;
import shop.Item;

using StringTools;

/**
    Something that can be counted.
**/
interface Countable {
	function count():Int;

	/** Whether nothing is left. **/
	function isEmpty(strict:Bool = false):Bool;
}

/**
 * Keeps items by name.
 *
 * @author nobody
 */
@:keep
class Inventory<T> extends Base implements Countable {
	static inline var LIMIT:Int = 100;

	var items:Array<T> = [];

	// Takes a name and a limit.
	public function new(name:String, limit:Int = 10) {
		super(name);
		this.limit = limit;
	}

	/** Adds an item; returns whether there was room. **/
	public function add(item:T, force:Bool = false):Bool {
		if (force || items.length >= LIMIT) {
			return false;
		}
		items.push(item);
		return true;
	}

	@:noCompletion
	override public function count():Int {
		return items.length;
	}

	public function isEmpty(strict:Bool = false):Bool {
		if (strict) {
			return false;
		}
		return this.nothing;
	}

	@:overload(function(name:String):Null<T> {})
	public function find(?name:String, ?at:Int, times:Int = 1):Null<T> {
		return untyped items.shift();
	}

	private static inline function normalize(word:String):String {
		var trimmed = StringTools.trim(word);
		return trimmed.toLowerCase();
	}
}

/** Starts the program. **/
function main():Void {
	trace("started");
}
