// Hold model on std::priority_queue, FIFO-stable: pop the earliest, push one at now + exponential. hold PENDING HOLDS
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <random>
#include <vector>

struct Event {
  std::int64_t atPs;
  std::uint64_t arrival;
  std::uint32_t id;
};

struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.atPs != b.atPs ? a.atPs > b.atPs : a.arrival > b.arrival;
  }
};

int main(int, char** argv) {
  const std::size_t pending = std::strtoull(argv[1], nullptr, 10);
  const std::size_t holds = std::strtoull(argv[2], nullptr, 10);
  const std::size_t mask = 0xffff;
  std::mt19937 random(7);
  std::vector<std::int64_t> increments(mask + 1);
  for (auto& increment : increments) {
    increment = std::ceil(-std::log((random() + 1.0) / 4294967296.0) * 1e6);
  }
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  std::uint64_t arrival = 0;
  for (std::size_t at = 0; at < pending; at++) {
    queue.push({increments[at & mask], arrival++, static_cast<std::uint32_t>(at)});
  }
  std::uint64_t sum = 0;
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t hold = 0; hold < holds; hold++) {
    const Event event = queue.top();
    queue.pop();
    sum += event.id;
    queue.push({event.atPs + increments[hold & mask], arrival++, event.id});
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("%.9g %llu\n", holds / seconds.count(), static_cast<unsigned long long>(sum));
}
