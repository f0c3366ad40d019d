// Timers with periods of their own, as events of ns-3 that schedule themselves anew. ns3-timers PROCESSES EVENTS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ns3/core-module.h>

static void Tick(long periodPs, long left) {
  if (left > 0) ns3::Simulator::Schedule(ns3::PicoSeconds(periodPs), &Tick, periodPs, left - 1);
}

int main(int, char** argv) {
  const long processes = std::strtol(argv[1], nullptr, 10);
  const long events = std::strtol(argv[2], nullptr, 10);
  ns3::Time::SetResolution(ns3::Time::PS);
  for (long at = 0; at < processes; at++) {
    ns3::Simulator::Schedule(ns3::PicoSeconds(0), &Tick, 700000 + 61031 * at, events / processes);
  }
  const auto start = std::chrono::steady_clock::now();
  ns3::Simulator::Run();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  ns3::Simulator::Destroy();
  std::printf("%.9g\n", events / seconds.count());
}
