#include "bench/report.hpp"

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace aftercare::bench {

std::string number(double value) {
    char text[40];
    std::snprintf(text, sizeof text, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3g", value);
    std::string digits = text;
    if (value >= 1'000)
        for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

void print_table(const std::vector<Goal>& goals) {
    std::printf("\n%-14s %8s %9s  %-12s %s\n", "goal", "ratio", "bound", "", "what");
    for (const Goal& each : goals) {
        const std::string bound = (each.at_least ? ">= " : "<= ") + number(each.bound);
        const char* verdict = !each.judged ? "not judged" : each.held() ? "held" : "NOT HELD";
        std::printf("%-14s %8s %9s  %-12s %s\n%47s%s, against %s\n", each.id.c_str(), number(each.ratio).c_str(), bound.c_str(), verdict,
                    each.goal.c_str(), "", each.measured.c_str(), each.limit.c_str());
    }
}

void write_json(const std::string& file, const std::vector<Goal>& goals) {
    nlohmann::ordered_json all = nlohmann::json::array();
    for (const Goal& g : goals)
        all.push_back({{"id", g.id}, {"goal", g.goal}, {"limit", g.limit}, {"measured", g.measured}, {"ratio", g.ratio}, {"held", g.held()}, {"judged", g.judged}});
    std::ofstream out(file);
    out << nlohmann::ordered_json{{"goals", all}}.dump(1) << '\n';
    if (!out.flush()) throw std::runtime_error("cannot write " + file);
}

}  // namespace aftercare::bench
