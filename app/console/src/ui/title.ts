import { onBeforeUnmount, shallowRef } from 'vue'

/** What the page that is shown calls itself in its tab; without it, or until it is known, the route's own title stands there. */
export const ownTitle = shallowRef<() => string | undefined>()

export function useTitle(title: () => string | undefined) {
  ownTitle.value = title
  onBeforeUnmount(() => ownTitle.value === title && (ownTitle.value = undefined)) // the next page may have said its own by then
}
