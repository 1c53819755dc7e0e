#pragma once
#include <memory>
#include <type_traits>
#include <utility>

namespace aftercare::db {

template <class Signature>
class FunctionRef;

/// A borrowed callable: no allocation, valid only while the callable lives (a call's arguments do). May be empty.
template <class R, class... A>
class FunctionRef<R(A...)> {
   public:
    FunctionRef() = default;
    FunctionRef(std::nullptr_t) {}
    template <class F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> && std::is_invocable_r_v<R, F&, A...>)
    FunctionRef(F&& callable)
        : object_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))), call_([](void* object, A... args) -> R {
              return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<A>(args)...);
          }) {}

    explicit operator bool() const { return call_ != nullptr; }
    R operator()(A... args) const { return call_(object_, std::forward<A>(args)...); }

   private:
    void* object_ = nullptr;
    R (*call_)(void*, A...) = nullptr;
};

}  // namespace aftercare::db
