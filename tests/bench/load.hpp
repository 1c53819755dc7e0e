#pragma once
#include <string>
#include <vector>

#include "bench/sample.hpp"

namespace aftercare::bench {

/// Sends each request once over so many kept-alive connections to 127.0.0.1:port, on this thread: a connection sends its next
/// request when its answer is whole. Throws with the answer when one is not 2xx.
Sample measure_http(int port, int connections, const std::vector<std::string>& requests);

}  // namespace aftercare::bench
