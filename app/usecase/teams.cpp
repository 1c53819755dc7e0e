#include "usecase/teams.hpp"

#include <algorithm>

#include "store/rosters.hpp"

namespace aftercare::usecase {

std::vector<Department> teams_of(store::Tx& tx, const domain::Actor& actor, const std::vector<std::string>& shops, Instant now) {
    auto teams = store::teams_of(tx, shops, actor.staff_id, now - days(7));
    for (const auto& [role, team] : kTeamOfRole)
        if (actor.has(role) && std::find(teams.begin(), teams.end(), team) == teams.end()) teams.push_back(team);
    return teams;
}

}  // namespace aftercare::usecase
