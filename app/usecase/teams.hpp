#pragma once
#include <aftercare/model/words.hpp>
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "domain/access.hpp"

namespace aftercare::usecase {

/// In which department somebody of a role works; who has several counts where the first of them does. Other roles work in none that cases ask.
inline constexpr std::array kTeamOfRole{
    std::pair{Role::lead, Department::lead},            std::pair{Role::agent, Department::service},   std::pair{Role::warehouse, Department::warehouse},
    std::pair{Role::technician, Department::warehouse}, std::pair{Role::finance, Department::finance}, std::pair{Role::quality, Department::quality},
};

/// What waits for a department waits for everybody with a role there.
inline bool in_team(const domain::Actor& actor, Department department) {
    return std::any_of(kTeamOfRole.begin(), kTeamOfRole.end(), [&](const auto& team) { return team.second == department && actor.has(team.first); });
}
inline std::vector<std::string> teams_of(const domain::Actor& actor) {
    std::vector<std::string> words;
    for (const auto& [department, name] : Words<Department>::all)
        if (in_team(actor, department)) words.emplace_back(name);
    return words;
}

}  // namespace aftercare::usecase
