#pragma once
#include <aftercare/model/words.hpp>
#include <array>
#include <utility>

namespace aftercare::usecase {

/// In which department somebody of a role works; who has several counts where the first of them does. Other roles work in none that cases ask.
inline constexpr std::array kTeamOfRole{
    std::pair{Role::lead, Department::lead},            std::pair{Role::agent, Department::service},   std::pair{Role::warehouse, Department::warehouse},
    std::pair{Role::technician, Department::warehouse}, std::pair{Role::finance, Department::finance}, std::pair{Role::quality, Department::quality},
};

}  // namespace aftercare::usecase
