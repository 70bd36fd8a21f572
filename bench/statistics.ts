/** The middle value, which a busy machine moves less than the mean. @throws {Error} where there is none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('there is no median of nothing');
  return middle;
}

/** The slope of log y over log x by least squares: 1 where y grows as x does, 2 where it grows as its square. */
export function exponent(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const middleX = mean(logs.map(([x]) => x));
  const middleY = mean(logs.map(([, y]) => y));
  const above = logs.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0);
  return above / logs.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
}
