#include "e2e/program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "support/temp_folder.hpp"

namespace aftercare::test {
namespace {

std::string binary() {
    const char* folder = std::getenv("AFTERCARE_BIN");
    if (!folder) throw std::runtime_error("AFTERCARE_BIN is not set");
    return std::string(folder) + "/aftercare";
}

int spawn(const std::vector<std::string>& arguments, const std::vector<std::string>& environment, posix_spawn_file_actions_t& files) {
    std::string program = binary();
    std::vector<char*> argv{program.data()}, envp;
    for (const auto& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
    argv.push_back(nullptr);
    for (char** at = environ; *at != nullptr; ++at)
        if (!std::string_view(*at).starts_with("AFTERCARE_")) envp.push_back(*at);
    for (const auto& each : environment) envp.push_back(const_cast<char*>(each.c_str()));
    envp.push_back(nullptr);
    pid_t pid = -1;
    if (posix_spawn(&pid, program.c_str(), &files, nullptr, argv.data(), envp.data()) != 0) throw std::runtime_error("cannot start " + program);
    return pid;
}

int wait_for(int pid) {
    int status = 0;
    if (::waitpid(pid, &status, 0) != pid) throw std::runtime_error("lost the program");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string content(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Run run_program(const std::vector<std::string>& arguments, const std::string& input, const std::vector<std::string>& environment) {
    const TempFolder folder;
    const auto in = folder.write("in", input), out = folder.path() / "out", err = folder.path() / "err";
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, in.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_addopen(&files, 2, err.c_str(), O_WRONLY | O_CREAT, 0600);
    const int code = wait_for(spawn(arguments, environment, files));
    posix_spawn_file_actions_destroy(&files);
    return {code, content(out), content(err)};
}

Service::Service(std::vector<std::string> arguments) {
    int pipe[2];
    if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, pipe[1], 1);
    arguments.insert(arguments.end(), {"--port", "0"});
    pid_ = spawn(arguments, {}, files);
    posix_spawn_file_actions_destroy(&files);
    ::close(pipe[1]);
    std::string line;
    for (char c = 0; ::read(pipe[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(pipe[0]);
    if (line.find("http://") == std::string::npos) throw std::runtime_error("the service did not start: " + line);
    port_ = std::stoi(line.substr(line.rfind(':') + 1));
}

Service::~Service() {
    if (pid_ > 0) stop(SIGKILL);
}

int Service::stop(int signal) {
    ::kill(pid_, signal);
    return wait_for(std::exchange(pid_, -1));
}

std::string Service::request(const std::string& text) const {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port_));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) throw std::runtime_error("cannot connect");
    if (::send(fd, text.data(), text.size(), MSG_NOSIGNAL) != ssize_t(text.size())) throw std::runtime_error("cannot send");
    std::string answer;
    char buffer[4096];
    for (ssize_t n; (n = ::read(fd, buffer, sizeof buffer)) > 0;) answer.append(buffer, static_cast<std::size_t>(n));
    ::close(fd);
    return answer;
}

}  // namespace aftercare::test
