#pragma once
#include <string>
#include <vector>

namespace aftercare::test {

/// How a run of the real program ended.
struct Run {
    int code = -1;
    std::string out, err;
};

/// Runs AFTERCARE_BIN/aftercare to its end with these arguments and this stdin, without AFTERCARE_* variables of the caller
/// but `environment` ("AFTERCARE_PORT=0").
Run run_program(const std::vector<std::string>& arguments, const std::string& input = {}, const std::vector<std::string>& environment = {});

/// A service that runs in the background on a port of its own choice; stopped when the object goes.
class Service {
   public:
    explicit Service(std::vector<std::string> arguments);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    int port() const { return port_; }
    /// Sends the signal and waits; the exit code, or minus the signal that ended it.
    int stop(int signal);
    /// One HTTP request; the whole answer with its head.
    std::string request(const std::string& text) const;

   private:
    int pid_ = -1, port_ = 0;
};

}  // namespace aftercare::test
