#pragma once
#include <string>
#include <vector>

namespace aftercare::bench {

/// One goal of performance.md section 8 (or a part of one) and what this run found.
struct Goal {
    std::string id, goal;
    std::string limit;     ///< what it is held against, in words with numbers
    std::string measured;  ///< likewise
    double ratio = 0;
    double bound = 0;
    bool at_least = true;  ///< the ratio must be ≥ bound; else ≤
    bool judged = true;

    [[nodiscard]] bool held() const { return at_least ? ratio >= bound : ratio <= bound; }
};

/// "1,234" for counts, "0.52" for small numbers.
std::string number(double value);

void print_table(const std::vector<Goal>& goals);
/// `{"goals":[{"id","goal","limit","measured","ratio","held","judged"}]}`. Throws when the file cannot be written.
void write_json(const std::string& file, const std::vector<Goal>& goals);

}  // namespace aftercare::bench
