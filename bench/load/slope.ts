/** A point of a measurement over something that goes on. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * How much y grows for each x, by least squares: one point that is off moves it little, where a
 * difference of the last and the first would follow it all the way.
 *
 * @throws Error for fewer than two different x.
 */
export function slopeOf(points: readonly Point[]): number {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const spread = mean(({ x }) => (x - meanX) ** 2);
  if (!(spread > 0)) throw new Error('a slope takes two points');
  return mean(({ x, y }) => (x - meanX) * (y - meanY)) / spread;
}
