import { places } from './places'

/** All keys of the console, as they usually are. What help tells and what can be put elsewhere is this list; a test holds it against the pages. */
export interface KeyLine {
  keys: string[]
  label: string
}
export interface KeyGroup {
  title: string
  lines: KeyLine[]
}
const line = (keys: string, label: string): KeyLine => ({ keys: keys.split(' '), label })

export const keyGroups: KeyGroup[] = [
  {
    title: 'ui.keys.everywhere',
    lines: [line('Ctrl K', 'ui.keys.palette'), line('/', 'ui.keys.search'), line('?', 'ui.keys.help'), line('u', 'ui.keys.undo'), ...places.flatMap((place) => (place.key ? [line(`g ${place.key}`, place.label)] : []))],
  },
  {
    title: 'ui.keys.queue',
    lines: [line('j', 'ui.keys.down'), line('k', 'ui.keys.up'), line('Enter', 'ui.keys.open'), line('Space', 'ui.keys.peek'), line('s', 'ui.keys.state'), line('a', 'ui.keys.assign'), line('.', 'ui.keys.copy'), line('x', 'ui.keys.select'), line('Shift x', 'ui.keys.range'), line('Esc', 'ui.keys.clear')],
  },
  {
    title: 'ui.nav.returns',
    lines: [line('j', 'ui.keys.card_down'), line('k', 'ui.keys.card_up'), line('h', 'ui.keys.column_left'), line('l', 'ui.keys.column_right'), line('m', 'ui.board.move_to'), line('s', 'ui.keys.state'), line('Enter', 'ui.keys.open'), line('Space', 'ui.keys.peek'), line('.', 'ui.keys.copy')],
  },
  {
    title: 'ui.keys.case',
    lines: [line('s', 'ui.keys.state'), line('r', 'ui.keys.reply'), line('n', 'ui.keys.note'), line('a', 'ui.keys.assign'), line('[', 'ui.keys.previous'), line(']', 'ui.keys.next'), line('.', 'ui.keys.copy'), line('Ctrl Enter', 'ui.keys.send'), line('Ctrl Shift Enter', 'ui.keys.send_next')],
  },
  {
    title: 'ui.nav.revisits',
    lines: [line('j', 'ui.keys.down'), line('k', 'ui.keys.up'), line('Enter', 'ui.keys.open'), line('Space', 'ui.keys.peek'), line('1 … 8', 'ui.keys.result'), line('t', 'ui.revisit.take'), line('m', 'ui.revisit.move'), line('[', 'ui.calendar.previous'), line(']', 'ui.calendar.next')],
  },
  {
    title: 'ui.nav.tasks',
    lines: [line('j', 'ui.keys.down'), line('k', 'ui.keys.up'), line('Enter', 'ui.keys.open'), line('Space', 'ui.keys.peek'), line('f', 'ui.finish_task'), line('n', 'ui.keys.give')],
  },
  {
    title: 'ui.nav.reviews',
    lines: [line('j', 'ui.keys.down'), line('k', 'ui.keys.up'), line('Enter', 'ui.keys.open'), line('Space', 'ui.keys.peek'), line('r', 'ui.review.answer_label'), line('f', 'ui.review.follow_up'), line('e', 'ui.review.set_aside')],
  },
  {
    title: 'ui.nav.approvals',
    lines: [line('j', 'ui.keys.down'), line('k', 'ui.keys.up'), line('Enter', 'ui.keys.open'), line('Space', 'ui.keys.peek'), line('y', 'ui.keys.grant'), line('x', 'ui.keys.refuse')],
  },
  { title: 'ui.nav.knowledge', lines: [line('j', 'ui.keys.down'), line('k', 'ui.keys.up')] },
  { title: 'ui.customer', lines: [line('n', 'ui.person.write')] },
]

/** Keys of one letter or sign that stand alone, each with all it does. Digits are a row of their own and stay. */
export const soloKeys = (): { key: string; labels: string[] }[] => {
  const found = new Map<string, Set<string>>()
  for (const { keys, label } of keyGroups.flatMap((group) => group.lines)) {
    const [key = ''] = keys
    if (key === 'g' || (keys.length === 1 && key.length === 1)) found.set(key, (found.get(key) ?? new Set()).add(key === 'g' ? 'ui.palette.go' : label))
  }
  return [...found].map(([key, labels]) => ({ key, labels: [...labels] }))
}
