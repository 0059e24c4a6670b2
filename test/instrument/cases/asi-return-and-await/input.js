export const values = (flag) => {
  if (flag) return
  return (
    'value'
  )
}

export const chained = async () => values(false)
  .toUpperCase()

export const last = () => ({})

export class Fields {
  run = () => 'run'
  ;['computed'] = () => 'computed'
  get = () => 'get'
  static = 1
  async
  later() { return 'later' }
}
