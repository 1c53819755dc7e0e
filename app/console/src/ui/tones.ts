/** What a colour means (act: we must; wait: the customer must; move: under way; talk; done; bad; idle). */
export type Tone = 'act' | 'wait' | 'move' | 'talk' | 'done' | 'bad' | 'idle'
