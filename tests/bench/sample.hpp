#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace aftercare::bench {

/// What one measurement gave: each operation's latency in microseconds, and how long all took together.
struct Sample {
    std::vector<double> micros;
    double seconds = 0;

    [[nodiscard]] double per_second() const { return static_cast<double>(micros.size()) / seconds; }
    /// `part` 0.5 is the median; 0 for an empty sample.
    [[nodiscard]] double quantile(double part) const;
};

double median(std::vector<double> values);

/// Seconds of this thread's CPU.
double thread_cpu_seconds();

class Stopwatch {
   public:
    [[nodiscard]] double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count(); }

   private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// `fdatasync` after an append of 4 KB to a file in `folder`, so often.
Sample measure_fdatasync(const std::string& folder, int times);

/// Calls `each(i)` for i in [first, first + count) on `threads` threads, each taking the next i when it is free.
Sample measure_parallel(int threads, std::size_t first, std::size_t count, const std::function<void(std::size_t)>& each);

}  // namespace aftercare::bench
