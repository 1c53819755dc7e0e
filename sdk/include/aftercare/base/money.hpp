#pragma once
#include <cstdint>
#include <string>

namespace aftercare {

/// An amount in minor units (cents, fen) of one currency (ISO 4217, upper case). Never a floating point number.
struct Money {
    std::int64_t minor = 0;
    std::string currency;
    bool operator==(const Money&) const = default;
};

template <class Io>
void fields(Io& io, Money& money) {
    io("minor", money.minor);
    io("currency", money.currency);
}

}  // namespace aftercare
