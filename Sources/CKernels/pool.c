// A few sleeping threads that help with long vectors.
//
// One job at a time: a caller who finds the pool busy does its work alone. Whoever lowers `remaining` has claimed
// a chunk of the job that is current, which cannot end before that chunk does, so that its fields stand still.
#define _GNU_SOURCE
#include "pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

#include "CKernels.h"

#define MOST_WORKERS 63
// About 20 µs: passes of one algorithm follow each other faster than that.
#define SPINS 4000

static struct {
  pthread_mutex_t owner;
  int total;
  void (*step)(void *, int);
  void *context;
  atomic_int remaining, finished;

  pthread_mutex_t bed;
  pthread_cond_t bell;
  atomic_int sleeping, helpers;  // helpers: how many workers may take part
  int workers;                   // how many have been started
} pool = {.owner = PTHREAD_MUTEX_INITIALIZER, .bed = PTHREAD_MUTEX_INITIALIZER, .bell = PTHREAD_COND_INITIALIZER};

static atomic_int wanted;

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void work(void) {
  int remaining = atomic_load(&pool.remaining);
  while (remaining > 0)
    if (atomic_compare_exchange_weak(&pool.remaining, &remaining, remaining - 1)) {
      pool.step(pool.context, pool.total - remaining);
      atomic_fetch_add(&pool.finished, 1);
      remaining = atomic_load(&pool.remaining);
    }
}

static void *worker(void *argument) {
  int index = (int)(intptr_t)argument;
  for (;;) {
    bool mayHelp = false;
    for (int spin = 0; spin < SPINS; spin++) {
      mayHelp = atomic_load_explicit(&pool.remaining, memory_order_relaxed) > 0
                && index < atomic_load_explicit(&pool.helpers, memory_order_relaxed);
      if (mayHelp) break;
      pause_briefly();
    }
    if (!mayHelp) {
      pthread_mutex_lock(&pool.bed);
      atomic_fetch_add(&pool.sleeping, 1);
      while (atomic_load(&pool.remaining) == 0 || index >= atomic_load(&pool.helpers))
        pthread_cond_wait(&pool.bell, &pool.bed);
      atomic_fetch_sub(&pool.sleeping, 1);
      pthread_mutex_unlock(&pool.bed);
    }
    work();
  }
  return 0;
}

// The child of a fork has no workers: it begins anew.
static void begin_anew(void) {
  pthread_mutex_init(&pool.owner, 0);
  pthread_mutex_init(&pool.bed, 0);
  pthread_cond_init(&pool.bell, 0);
  atomic_store(&pool.remaining, 0);
  atomic_store(&pool.sleeping, 0);
  pool.workers = 0;
}

static void start_workers(int count) {
  static bool forkHandled = false;
  if (!forkHandled) forkHandled = pthread_atfork(0, 0, begin_anew) == 0;
  pthread_attr_t attributes;
  sigset_t all, before;
  sigfillset(&all);
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_sigmask(SIG_SETMASK, &all, &before);  // signals are the program's business
  for (; pool.workers < count; pool.workers++) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, worker, (void *)(intptr_t)pool.workers)) break;
  }
  pthread_sigmask(SIG_SETMASK, &before, 0);
  pthread_attr_destroy(&attributes);
}

void secant_each_chunk(int count, bool parallel, void (*step)(void *, int), void *context) {
  int helpers = parallel ? secant_threads() - 1 : 0;
  if (helpers <= 0 || pthread_mutex_trylock(&pool.owner)) {
    for (int j = 0; j < count; j++) step(context, j);
    return;
  }
  if (pool.workers < helpers) start_workers(helpers);
  pool.total = count;
  pool.step = step;
  pool.context = context;
  atomic_store(&pool.helpers, helpers);
  atomic_store(&pool.finished, 0);
  atomic_store(&pool.remaining, count);
  if (atomic_load(&pool.sleeping) > 0) {
    pthread_mutex_lock(&pool.bed);
    pthread_cond_broadcast(&pool.bell);
    pthread_mutex_unlock(&pool.bed);
  }
  work();
  for (int spin = 0; atomic_load(&pool.finished) < count; spin++)
    if (spin < SPINS) pause_briefly(); else sched_yield();
  pthread_mutex_unlock(&pool.owner);
}

int secant_threads(void) {
  int count = atomic_load_explicit(&wanted, memory_order_relaxed);
  if (count > 0) return count;
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  count = cores < 1 ? 1 : cores > MOST_WORKERS + 1 ? MOST_WORKERS + 1 : (int)cores;
  atomic_store(&wanted, count);
  return count;
}

void secant_set_threads(int count) {
  atomic_store(&wanted, count < 1 ? 1 : count > MOST_WORKERS + 1 ? MOST_WORKERS + 1 : count);
}
