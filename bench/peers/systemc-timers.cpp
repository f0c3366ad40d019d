// Timers with periods of their own, as SystemC processes. systemc-timers thread|method PROCESSES EVENTS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <systemc>
#include <vector>

using sc_core::sc_time;

struct Timer : sc_core::sc_module {
  SC_HAS_PROCESS(Timer);
  Timer(const sc_core::sc_module_name& name, bool isThread, sc_time period, long events)
      : sc_module(name), period_(period), left_(events) {
    if (isThread) {
      SC_THREAD(thread);
    } else {
      SC_METHOD(method);
    }
  }
  void thread() {
    for (; left_ > 0; left_--) wait(period_);
  }
  void method() {
    if (left_-- > 0) next_trigger(period_);
  }
  sc_time period_;
  long left_;
};

int sc_main(int, char** argv) {
  const bool isThread = std::strcmp(argv[1], "thread") == 0;
  const long processes = std::strtol(argv[2], nullptr, 10);
  const long events = std::strtol(argv[3], nullptr, 10);
  std::vector<std::unique_ptr<Timer>> timers;
  for (long at = 0; at < processes; at++) {
    const sc_time period(700000.0 + 61031.0 * at, sc_core::SC_PS);
    timers.push_back(std::make_unique<Timer>(sc_core::sc_gen_unique_name("timer"), isThread, period, events / processes));
  }
  const auto start = std::chrono::steady_clock::now();
  sc_core::sc_start();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("%.9g\n", events / seconds.count());
  return 0;
}
