/* A ring of jobs; see queue.h for how it is used. */

#include <stdlib.h>
#include "queue.h"

#define QUEUE_SIZE 64
#define NEXT(i) \
    (((i) + 1) % QUEUE_SIZE)

/**
 * A job and who waits for it.
 */
struct job {
    int id;
    void (*run)(void *);
    enum state { IDLE, RUNNING } state;
};

typedef union {
    long number;
    double real;
} value;

typedef enum { LOW, HIGH } priority;

static struct job *ring[QUEUE_SIZE];

/**
 * @brief Puts a job at the end.
 * @return 0, or -1 where the ring is full
 */
static int queue_put(struct job *job, const char *names[], priority p)
{
    static int last;

    if (!job || NEXT(last) == 0) {
        return -1;
    } else if (p == HIGH) {
        last = 0;
    }
    ring[last] = job;
    last = NEXT(last);
    return 0;
}

/* Finds a job's function. */
void (*queue_function(int id, ...))(void *)
{
    for (size_t i = 0; i < QUEUE_SIZE; i++) {
        switch (ring[i] ? ring[i]->state : IDLE) {
        case RUNNING:
            if (ring[i]->id == id)
                return ring[i]->run;
            break;
        default:
            break;
        }
    }
    return NULL;
}

unsigned long queue_count(void) { return QUEUE_SIZE; }
