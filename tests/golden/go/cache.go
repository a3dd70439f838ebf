// Package cache keeps recent answers.
package cache

import (
	"errors"
	"sync"
)

// ErrMissing says that a key was never stored.
var ErrMissing = errors.New("missing")

// Store is what a cache can be built on.
type Store interface {
	// Load finds a value.
	Load(key string) ([]byte, error)
	Save(key string, value []byte, tags ...string) error
}

type (
	// Cache is safe for many goroutines.
	Cache[K comparable, V any] struct {
		mu     sync.Mutex
		values map[K]V
		limit  int
	}

	size int
)

// New makes a cache of at most limit entries.
//
// It panics where limit is not positive.
func New[K comparable, V any](limit int) *Cache[K, V] {
	if limit <= 0 {
		panic("limit")
	}
	return &Cache[K, V]{values: make(map[K]V), limit: limit}
}

//go:noinline
func (c *Cache[K, V]) Get(key K) (value V, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	value, ok := c.values[key]
	if !ok {
		err = ErrMissing
	}
	return
}

/* Put stores a value, unless the cache is full. */
func (c *Cache[K, V]) Put(key K, value V) bool {
	switch {
	case len(c.values) >= c.limit && c.limit > 0:
		return false
	default:
		c.values[key] = value
	}
	for range c.values {
		_ = func() int { return 1 }()
	}
	return true
}

func (s size) double(a, b int, _ string) size { return s * 2 }
