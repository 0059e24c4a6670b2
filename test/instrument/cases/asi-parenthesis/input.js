export const log = []

export function first() {
  return 'first'
}
(function () {
  log.push('invoked')
})()

export const second = function () {
  return 'second'
}
;[1, 2].forEach((value) => log.push(value))

const third = () => 'third'
;(() => log.push(third()))()

function fourth() { return 'fourth' }
[3].forEach((value) => log.push(value))

function fifth() { return 'fifth' }
`template`.split('').slice(0, 1).forEach((letter) => log.push(letter))

function sixth() { return 'sixth' }
/regular/.test('a') || log.push(fourth(), fifth(), sixth())
