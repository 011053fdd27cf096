// The limit of the kernel's design: the same kernel in C++, on a 4-ary heap with indexed cancel and re-arm.
//
// It offers what src/kernel offers, and no less is compared: a handler per kind, called through a table; a record in force
// that is stored with each event and restored; handles that know when they are stale; a payload; the limits of a run.
//
//   heap hb SECONDS | heap hold EVENTS PENDING | heap timers EVENTS
//
// Prints one line: events, seconds of wall time, then the counters that bench/workloads.ts prints for the same size.

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace {

constexpr int64_t SECOND_US = 1'000'000;

struct Entry {
  int64_t timeUs;
  uint64_t seq;
  uint32_t slot;
  bool before(const Entry& other) const {
    return timeUs < other.timeUs || (timeUs == other.timeUs && seq < other.seq);
  }
};

struct Event {
  int64_t a;
  int64_t b;
  void* payload;
  int32_t kind;
  int32_t target;
  int32_t cause;
  uint32_t generation;
  int32_t index;  // in the heap, -1 when free
};

class Queue {
 public:
  uint64_t push(int64_t timeUs, int32_t kind, int32_t target, int64_t a, int64_t b, int32_t cause, void* payload) {
    uint32_t slot;
    if (free_.empty()) {
      slot = static_cast<uint32_t>(events_.size());
      events_.push_back({0, 0, nullptr, 0, 0, 0, 1, -1});
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    Event& event = events_[slot];
    event.a = a;
    event.b = b;
    event.kind = kind;
    event.target = target;
    event.cause = cause;
    event.payload = payload;
    heap_.emplace_back();
    up(heap_.size() - 1, {timeUs, seq_++, slot});
    return static_cast<uint64_t>(event.generation) << 32 | slot;
  }

  bool rearm(uint64_t handle, int64_t timeUs) {
    Event* event = pending(handle);
    if (event == nullptr) return false;
    place(static_cast<size_t>(event->index), {timeUs, seq_++, static_cast<uint32_t>(handle)});
    return true;
  }

  bool cancel(uint64_t handle) {
    Event* event = pending(handle);
    if (event == nullptr) return false;
    const size_t index = static_cast<size_t>(event->index);
    release(static_cast<uint32_t>(handle));
    const Entry last = heap_.back();
    heap_.pop_back();
    if (index < heap_.size()) place(index, last);
    return true;
  }

  const Entry& top() const { return heap_.front(); }
  bool empty() const { return heap_.empty(); }
  size_t size() const { return heap_.size(); }

  Event pop() {
    const uint32_t slot = heap_.front().slot;
    release(slot);
    const Entry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) down(0, last);
    return events_[slot];
  }

 private:
  Event* pending(uint64_t handle) {
    const uint32_t slot = static_cast<uint32_t>(handle);
    if (slot >= events_.size()) return nullptr;
    Event& event = events_[slot];
    return event.index >= 0 && event.generation == handle >> 32 ? &event : nullptr;
  }

  void release(uint32_t slot) {
    events_[slot].index = -1;
    events_[slot].generation++;
    free_.push_back(slot);
  }

  void put(size_t index, const Entry& entry) {
    heap_[index] = entry;
    events_[entry.slot].index = static_cast<int32_t>(index);
  }

  void place(size_t index, const Entry& entry) {
    if (index > 0 && entry.before(heap_[(index - 1) / 4])) up(index, entry);
    else down(index, entry);
  }

  void up(size_t index, const Entry entry) {
    while (index > 0) {
      const size_t parent = (index - 1) / 4;
      if (!entry.before(heap_[parent])) break;
      put(index, heap_[parent]);
      index = parent;
    }
    put(index, entry);
  }

  void down(size_t index, const Entry entry) {
    const size_t count = heap_.size();
    for (;;) {
      const size_t first = 4 * index + 1;
      if (first >= count) break;
      const size_t end = first + 4 < count ? first + 4 : count;
      size_t least = first;
      for (size_t child = first + 1; child < end; child++)
        if (heap_[child].before(heap_[least])) least = child;
      if (!heap_[least].before(entry)) break;
      put(index, heap_[least]);
      index = least;
    }
    put(index, entry);
  }

  std::vector<Entry> heap_;
  std::vector<Event> events_;
  std::vector<uint32_t> free_;
  uint64_t seq_ = 0;
};

using Handler = void (*)(void* model, int32_t target, int64_t a, int64_t b, void* payload);

class Simulation {
 public:
  int32_t cause = 0;
  int64_t nowUs = 0;
  uint64_t executed = 0;

  explicit Simulation(void* model, std::vector<Handler> handlers) : model_(model), handlers_(std::move(handlers)) {}

  uint64_t schedule(int64_t delayUs, int32_t kind, int32_t target, int64_t a = 0, int64_t b = 0) {
    if (delayUs < 0 || static_cast<size_t>(kind) >= handlers_.size()) std::abort();
    return queue_.push(nowUs + delayUs, kind, target, a, b, cause, nullptr);
  }

  bool rearm(uint64_t handle, int64_t delayUs) { return queue_.rearm(handle, nowUs + delayUs); }
  bool cancel(uint64_t handle) { return queue_.cancel(handle); }
  size_t pending() const { return queue_.size(); }
  void stop() { stopped_ = true; }

  void run(int64_t untilUs, uint64_t budget) {
    const uint64_t haltAt = executed + budget;
    stopped_ = false;
    while (!stopped_ && executed < haltAt && !queue_.empty() && queue_.top().timeUs <= untilUs) {
      const int64_t timeUs = queue_.top().timeUs;
      if (timeUs != nowUs) {
        nowUs = timeUs;
        instantStart_ = executed;
      } else if (executed - instantStart_ >= 1'000'000) {
        std::abort();
      }
      const Event event = queue_.pop();
      executed++;
      cause = event.cause;
      handlers_[static_cast<size_t>(event.kind)](model_, event.target, event.a, event.b, event.payload);
    }
  }

 private:
  void* model_;
  std::vector<Handler> handlers_;
  Queue queue_;
  uint64_t instantStart_ = 0;
  bool stopped_ = false;
};

struct Luck {
  uint32_t state = 1;
  uint32_t next() { return state = state * 1664525u + 1013904223u; }
  int64_t exponentialUs() {
    return static_cast<int64_t>(std::floor(-std::log((next() + 1.0) / 4294967296.0) * SECOND_US + 0.5));
  }
};

struct Outcome {
  uint64_t events;
  double seconds;
  std::vector<int64_t> counters;
};

constexpr int64_t FOREVER_US = INT64_MAX;
constexpr uint64_t NO_BUDGET = UINT64_MAX / 2;

double timed(Simulation& simulation, int64_t untilUs, uint64_t budget) {
  const auto start = std::chrono::steady_clock::now();
  simulation.run(untilUs, budget);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

enum Kind { HEARTBEAT, ARRIVE, DEAD, PING, REPLY };

struct Pair {
  Simulation simulation{this, {heartbeat, arrive, die, ping, reply}};
  Luck luck;
  uint64_t dead[2];
  int64_t arrivals = 0, deaths = 0, replies[2] = {0, 0};

  static void heartbeat(void* model, int32_t node, int64_t, int64_t, void*) {
    Pair& pair = *static_cast<Pair*>(model);
    pair.simulation.schedule(SECOND_US, HEARTBEAT, node);
    pair.simulation.schedule(1'000 + (pair.luck.next() >> 22), ARRIVE, 1 - node);
  }
  static void arrive(void* model, int32_t node, int64_t, int64_t, void*) {
    Pair& pair = *static_cast<Pair*>(model);
    pair.arrivals++;
    pair.simulation.rearm(pair.dead[node], 3 * SECOND_US);
  }
  static void die(void* model, int32_t, int64_t, int64_t, void*) { static_cast<Pair*>(model)->deaths++; }
  static void ping(void* model, int32_t node, int64_t path, int64_t, void*) {
    Pair& pair = *static_cast<Pair*>(model);
    pair.simulation.schedule(200'000, PING, node, path);
    pair.simulation.schedule(2'000 + (pair.luck.next() >> 22), REPLY, node, path);
  }
  static void reply(void* model, int32_t node, int64_t path, int64_t, void*) {
    static_cast<Pair*>(model)->replies[node] += path;
  }
};

Outcome hb(int64_t seconds) {
  Pair pair;
  Simulation& simulation = pair.simulation;
  for (int node = 0; node < 2; node++) {
    simulation.schedule(SECOND_US, HEARTBEAT, node);
    pair.dead[node] = simulation.schedule(3 * SECOND_US, DEAD, node);
    for (int path = 0; path < 4; path++) simulation.schedule(200'000, PING, node, path);
  }
  const double elapsed = timed(simulation, seconds * SECOND_US, NO_BUDGET);
  const std::vector<int64_t> counters{pair.arrivals, pair.deaths, pair.replies[0], pair.replies[1], pair.luck.state};
  return {simulation.executed, elapsed, counters};
}

struct Holder {
  Simulation simulation{this, {hold}};
  Luck luck;

  static void hold(void* model, int32_t target, int64_t, int64_t, void*) {
    Holder& holder = *static_cast<Holder*>(model);
    holder.simulation.schedule(holder.luck.exponentialUs(), 0, target);
  }
};

Outcome hold(uint64_t events, int pending) {
  Holder holder;
  Simulation& simulation = holder.simulation;
  for (int target = 0; target < pending; target++) simulation.schedule(holder.luck.exponentialUs(), 0, target);
  const double elapsed = timed(simulation, FOREVER_US, events);
  return {simulation.executed, elapsed, {holder.luck.state, simulation.nowUs}};
}

struct Timers {
  static constexpr uint32_t COUNT = 100;
  Simulation simulation{this, {fire}};
  Luck luck;
  uint64_t handles[COUNT];

  int64_t delayUs() { return 1 + (luck.next() >> 12); }
  static void fire(void* model, int32_t target, int64_t, int64_t, void*) {
    Timers& timers = *static_cast<Timers*>(model);
    Simulation& simulation = timers.simulation;
    timers.handles[target] = simulation.schedule(timers.delayUs(), 0, target);
    for (int i = 0; i < 4; i++) {
      const uint32_t other = (timers.luck.next() >> 8) % COUNT;
      if (i % 2 == 0) {
        simulation.rearm(timers.handles[other], timers.delayUs());
      } else {
        simulation.cancel(timers.handles[other]);
        timers.handles[other] = simulation.schedule(timers.delayUs(), 0, static_cast<int32_t>(other));
      }
    }
  }
};

Outcome timers(uint64_t events) {
  Timers timers;
  Simulation& simulation = timers.simulation;
  for (uint32_t target = 0; target < Timers::COUNT; target++) {
    timers.handles[target] = simulation.schedule(timers.delayUs(), 0, static_cast<int32_t>(target));
  }
  const double elapsed = timed(simulation, FOREVER_US, events);
  const std::vector<int64_t> counters{timers.luck.state, simulation.nowUs, static_cast<int64_t>(simulation.pending())};
  return {simulation.executed, elapsed, counters};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int64_t size = std::atoll(argv[2]);
  Outcome outcome{};
  if (std::strcmp(argv[1], "hb") == 0) outcome = hb(size);
  else if (std::strcmp(argv[1], "hold") == 0 && argc > 3) outcome = hold(static_cast<uint64_t>(size), std::atoi(argv[3]));
  else if (std::strcmp(argv[1], "timers") == 0) outcome = timers(static_cast<uint64_t>(size));
  else return 2;
  std::printf("%llu %.9f", static_cast<unsigned long long>(outcome.events), outcome.seconds);
  for (const int64_t counter : outcome.counters) std::printf(" %lld", static_cast<long long>(counter));
  std::printf("\n");
  return 0;
}
