#include "bench/sample.hpp"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace aftercare::bench {

double Sample::quantile(double part) const {
    if (micros.empty()) return 0;
    std::vector<double> sorted = micros;
    const auto at = static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at), sorted.end());
    return sorted[at];
}

double median(std::vector<double> values) { return Sample{std::move(values), 1}.quantile(0.5); }

double thread_cpu_seconds() {
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

Sample measure_fdatasync(const std::string& folder, int times) {
    const std::string name = folder + "/fdatasync";
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) throw std::runtime_error("cannot write " + name);
    const std::array<char, 4'096> block{};
    Sample sample;
    const Stopwatch whole;
    for (int i = 0; i < times; ++i) {
        const Stopwatch one;
        if (::write(file, block.data(), block.size()) != static_cast<ssize_t>(block.size()) || ::fdatasync(file) != 0)
            throw std::runtime_error("cannot write " + name);
        sample.micros.push_back(one.seconds() * 1e6);
    }
    sample.seconds = whole.seconds();
    ::close(file);
    ::unlink(name.c_str());
    return sample;
}

Sample measure_parallel(int threads, std::size_t first, std::size_t count, const std::function<void(std::size_t)>& each) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    Sample sample;
    std::exception_ptr error;
    const auto work = [&] {
        std::vector<double> micros;
        try {
            for (std::size_t i = next++; i < count; i = next++) {
                const Stopwatch one;
                each(first + i);
                micros.push_back(one.seconds() * 1e6);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            error = std::current_exception();
        }
        const std::lock_guard lock(mutex);
        sample.micros.insert(sample.micros.end(), micros.begin(), micros.end());
    };
    const Stopwatch whole;
    {
        std::vector<std::jthread> team;
        for (int i = 0; i < threads; ++i) team.emplace_back(work);
    }
    sample.seconds = whole.seconds();
    if (error) std::rethrow_exception(error);
    return sample;
}

}  // namespace aftercare::bench
