package store.cache

import java.time.Duration
import kotlin.math.max

/** What a cache does when it is full. */
enum class Eviction(val label: String) {
    OLDEST("oldest"),
    LARGEST("largest");

    fun describe(): String = "drops the $label entry"
}

/** Where entries are loaded from. */
interface Loader<K, V> {
    fun load(key: K): V?
}

fun interface Listener {
    fun evicted(key: String)
}

data class Entry<V>(val value: V, var hits: Int = 0)

/**
 * A cache of a fixed size.
 *
 * @param capacity most entries
 */
@Suppress("unused")
open class Cache<K, V>(private val capacity: Int, private val loader: Loader<K, V>) {
    private val entries = LinkedHashMap<K, Entry<V>>()

    init {
        require(capacity > 0) { "capacity must be positive" }
    }

    constructor(loader: Loader<K, V>) : this(16, loader) {
        println("default capacity")
    }

    /** Finds a value, or loads it. */
    @Throws(IllegalStateException::class)
    fun get(key: K, refresh: Boolean = false, wait: Duration? = null): V? {
        val found = entries[key]
        if (found != null && !refresh) {
            found.hits++
            return found.value
        }
        return when (val loaded = loader.load(key)) {
            null -> null
            else -> {
                fun room(): Int {
                    return max(0, capacity - entries.size)
                }
                if (room() == 0) entries.remove(entries.keys.first())
                entries[key] = Entry(loaded)
                loaded
            }
        }
    }

    internal suspend fun <R> use(block: suspend (Cache<K, V>) -> R): R = block(this)

    companion object Factory {
        fun <V> ofStrings(loader: Loader<String, V>) = Cache(8, loader)
    }
}

// The one that all share.
object Shared {
    var uses = 0

    fun touch() {
        uses += 1
    }
}

class Limits {
    companion object {
        fun most() = 16
    }
}

/** Says how full a cache is. */
fun <K, V> Cache<K, V>.fill(): Double {
    for (step in 1..3) {
        while (step > 2) break
    }
    return 0.5
}

val parse = { text: String, base: Int ->
    if (base > 10) null else text.toIntOrNull(base)
}

private val twice: (Int) -> Int = fun(number: Int): Int {
    return number * 2
}
