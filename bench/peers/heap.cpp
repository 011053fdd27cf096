// The limit of the kernel's design: the same workloads on a 4-ary heap with indexed cancel and re-arm, in C++.
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
  int32_t kind;
  int32_t target;
  int32_t cause;
  uint32_t generation;
  int32_t index;  // in the heap, -1 when free
};

class Queue {
 public:
  uint64_t push(int64_t timeUs, int32_t kind, int32_t target, int64_t a = 0, int64_t b = 0) {
    uint32_t slot;
    if (free_.empty()) {
      slot = static_cast<uint32_t>(events_.size());
      events_.push_back({0, 0, 0, 0, 0, 1, -1});
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    Event& event = events_[slot];
    event.a = a;
    event.b = b;
    event.kind = kind;
    event.target = target;
    event.cause = 0;
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

struct Luck {
  uint32_t state = 1;
  uint32_t next() { return state = state * 1664525u + 1013904223u; }
  int64_t exponentialUs() {
    return static_cast<int64_t>(std::floor(-std::log((next() + 1.0) / 4294967296.0) * SECOND_US + 0.5));
  }
};

struct Outcome {
  uint64_t events = 0;
  double seconds = 0;
  std::vector<int64_t> counters;
};

template <typename Body>
double timed(Body body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

enum Kind { HEARTBEAT, ARRIVE, DEAD, PING, REPLY };

Outcome hb(int64_t seconds) {
  Queue queue;
  Luck luck;
  Outcome outcome;
  uint64_t dead[2];
  int64_t arrivals = 0, deaths = 0, replies[2] = {0, 0};
  for (int node = 0; node < 2; node++) {
    queue.push(SECOND_US, HEARTBEAT, node);
    dead[node] = queue.push(3 * SECOND_US, DEAD, node);
    for (int path = 0; path < 4; path++) queue.push(200'000, PING, node, path);
  }
  const int64_t untilUs = seconds * SECOND_US;
  outcome.seconds = timed([&] {
    while (!queue.empty() && queue.top().timeUs <= untilUs) {
      const int64_t now = queue.top().timeUs;
      const Event event = queue.pop();
      outcome.events++;
      switch (event.kind) {
        case HEARTBEAT:
          queue.push(now + SECOND_US, HEARTBEAT, event.target);
          queue.push(now + 1'000 + (luck.next() >> 22), ARRIVE, 1 - event.target);
          break;
        case ARRIVE:
          arrivals++;
          queue.rearm(dead[event.target], now + 3 * SECOND_US);
          break;
        case DEAD:
          deaths++;
          break;
        case PING:
          queue.push(now + 200'000, PING, event.target, event.a);
          queue.push(now + 2'000 + (luck.next() >> 22), REPLY, event.target, event.a);
          break;
        case REPLY:
          replies[event.target] += event.a;
          break;
      }
    }
  });
  outcome.counters = {arrivals, deaths, replies[0], replies[1], luck.state};
  return outcome;
}

Outcome hold(uint64_t events, int pending) {
  Queue queue;
  Luck luck;
  Outcome outcome;
  int64_t now = 0;
  for (int target = 0; target < pending; target++) queue.push(luck.exponentialUs(), 0, target);
  outcome.seconds = timed([&] {
    for (; outcome.events < events; outcome.events++) {
      now = queue.top().timeUs;
      const Event event = queue.pop();
      queue.push(now + luck.exponentialUs(), 0, event.target);
    }
  });
  outcome.counters = {luck.state, now};
  return outcome;
}

Outcome timers(uint64_t events) {
  constexpr uint32_t TIMERS = 100;
  Queue queue;
  Luck luck;
  Outcome outcome;
  int64_t now = 0;
  uint64_t handles[TIMERS];
  const auto delayUs = [&] { return static_cast<int64_t>(1 + (luck.next() >> 12)); };
  for (uint32_t target = 0; target < TIMERS; target++) {
    handles[target] = queue.push(delayUs(), 0, static_cast<int32_t>(target));
  }
  outcome.seconds = timed([&] {
    for (; outcome.events < events; outcome.events++) {
      now = queue.top().timeUs;
      const Event event = queue.pop();
      handles[event.target] = queue.push(now + delayUs(), 0, event.target);
      for (int i = 0; i < 4; i++) {
        const uint32_t other = (luck.next() >> 8) % TIMERS;
        if (i % 2 == 0) {
          queue.rearm(handles[other], now + delayUs());
        } else {
          queue.cancel(handles[other]);
          handles[other] = queue.push(now + delayUs(), 0, static_cast<int32_t>(other));
        }
      }
    }
  });
  outcome.counters = {luck.state, now, static_cast<int64_t>(queue.size())};
  return outcome;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int64_t size = std::atoll(argv[2]);
  Outcome outcome;
  if (std::strcmp(argv[1], "hb") == 0) outcome = hb(size);
  else if (std::strcmp(argv[1], "hold") == 0 && argc > 3) outcome = hold(static_cast<uint64_t>(size), std::atoi(argv[3]));
  else if (std::strcmp(argv[1], "timers") == 0) outcome = timers(static_cast<uint64_t>(size));
  else return 2;
  std::printf("%llu %.9f", static_cast<unsigned long long>(outcome.events), outcome.seconds);
  for (const int64_t counter : outcome.counters) std::printf(" %lld", static_cast<long long>(counter));
  std::printf("\n");
  return 0;
}
