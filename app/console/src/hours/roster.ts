import type { Slot } from '../ui/worktime'
import { parseSlots } from './slots'

/** A person's week in a team: a text a day, as it is typed. */
export interface Row<Team extends string = string> { staff_id: string; name: string; team: Team; texts: string[] }
/** A cell that somebody else changed meanwhile. `mine`: changed here, too, and otherwise. */
export interface Change { name: string; team: string; day: number; was: string; now: string; mine: boolean }

const keyOf = (row: Row) => `${row.team} ${row.staff_id}`
const empty = () => Array<string>(7).fill('')
const textsIn = (rows: Row[], key: string) => rows.find((row) => keyOf(row) === key)?.texts ?? empty()

/** What stands in `theirs` otherwise than where `draft` began. */
export function changesOf(base: Row[], theirs: Row[], draft: Row[]): Change[] {
  const rows = new Map([...base, ...theirs].map((row) => [keyOf(row), row]))
  return [...rows].flatMap(([key, { name, team }]) => {
    const was = textsIn(base, key), now = textsIn(theirs, key), own = textsIn(draft, key)
    return was.flatMap((text, day) => (text === now[day] ? [] : [{ name, team, day, was: text, now: now[day]!, mine: own[day] !== text && own[day] !== now[day] }]))
  })
}

/** `theirs` with what was changed here laid over it. */
export function moved<Team extends string>(base: Row<Team>[], theirs: Row<Team>[], draft: Row<Team>[]): Row<Team>[] {
  const rows = theirs.map((row) => ({ ...row, texts: [...row.texts] }))
  for (const own of draft) {
    const was = textsIn(base, keyOf(own))
    if (own.texts.every((text, day) => text === was[day])) continue
    let row = rows.find((one) => keyOf(one) === keyOf(own))
    if (!row) rows.push((row = { ...own, texts: empty() }))
    own.texts.forEach((text, day) => text !== was[day] && (row.texts[day] = text))
  }
  return rows
}

/** The days of a week on which a team is open and nobody of it is on duty in these hours, as the rows stand. A night shift covers the next morning, too. */
export function uncovered(rows: Row[], team: string, open: Slot[][]): boolean[] {
  const duty: Slot[][] = open.map(() => [])
  for (const row of rows.filter((one) => one.team === team))
    row.texts.forEach((text, day) => parseSlots(text, true)?.forEach(({ from, to }) => {
      duty[day]!.push({ from, to })
      if (to > 1440) duty[day + 1]?.push({ from: 0, to: to - 1440 })
    }))
  return open.map((slots, day) => slots.length > 0 && !slots.some((slot) => duty[day]!.some((one) => one.from < slot.to && slot.from < one.to)))
}
