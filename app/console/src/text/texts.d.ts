/** A part of a language's file (vite.config.ts). */
declare module '*.json?part=first' {
  const texts: Record<string, string>
  export default texts
}
declare module '*.json?part=seldom' {
  const texts: Record<string, string>
  export default texts
}
