import { useEffect, useRef, type ReactElement } from 'react';
import type uPlot from 'uplot';

import type { CurvePoint } from '../../../electron/contract/checklist.js';
import { useTexts, useWindow } from '../../store/window-context.js';

const HEIGHT = 168;

type Plotter = typeof uPlot;

/** Read when the first curve is drawn: a window that shows none is there sooner. */
async function loadPlotter(): Promise<Plotter> {
  return (await import('uplot')).default;
}

/** Sessions left over time. One reading is no curve yet. */
export function DrainCurve({ curve }: { readonly curve: readonly CurvePoint[] }): ReactElement {
  const texts = useTexts();
  return curve.length < 2 ? <p className="drain-curve no-curve">{texts.t('curve-none')}</p> : <Plot curve={curve} />;
}

/**
 * A time without readings leaves a gap; where the count of a service was unknown, a broken line says that there may be more.
 * Drawn again only when a point was added, the window resized, or its colours changed. */
function Plot({ curve }: { readonly curve: readonly CurvePoint[] }): ReactElement {
  const { colours, texts } = useWindow();
  const holder = useRef<HTMLDivElement>(null);
  const last = curve.at(-1);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    let plot: uPlot | null = null;
    let isGone = false;
    const resize = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    void loadPlotter().then((plotter) => {
      if (!isGone) plot = new plotter(plotOptions(plotter, element, texts.number), toColumns(curve), element);
    });
    return () => {
      isGone = true;
      resize.disconnect();
      plot?.destroy();
    };
    // The last point stands for the whole curve: points are only ever added.
  }, [last?.at, curve.length, texts, colours]);
  return (
    <figure className="drain-figure">
      <div ref={holder} className="drain-curve" role="img" aria-label={texts.t('curve-label', { count: curve.length })} />
      {curve.some(isAtLeast) && <figcaption>{texts.t('curve-at-least')}</figcaption>}
    </figure>
  );
}

/** Times, whole counts, and counts that are at least so many: each line goes on to the point where the other takes over. */
function toColumns(curve: readonly CurvePoint[]): uPlot.AlignedData {
  const takesOver = curve.map((point, index) => point.sessions !== null && isAtLeast(point) !== isAtLeast(curve[index - 1] ?? point));
  const line = (wanted: boolean): (number | null)[] =>
    curve.map((point, index) => (isAtLeast(point) === wanted || takesOver[index] === true ? point.sessions : null));
  return [curve.map((point) => Date.parse(point.at) / 1_000), line(false), line(true)];
}

function isAtLeast({ isAtLeast: isSo }: CurvePoint): boolean {
  return isSo === true;
}

function plotOptions(plotter: Plotter, element: HTMLElement, formatNumber: (value: number) => string): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--curve-text'),
    font: `12px ${style.fontFamily}`,
    ticks: { show: false },
    grid: { stroke: colour('--curve-grid'), width: 1 },
  };
  const line = { stroke: colour('--curve-line'), spanGaps: false, points: { show: false }, ...steppedBy(plotter) };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, max) => [0, Math.max(4, Math.ceil(max * 1.1))] } },
    axes: [
      {
        ...axis,
        size: 28,
        grid: { show: false },
        space: 72,
        values: (...[, times, , , everySeconds]) => times.map((time) => formatClock(time, everySeconds < 60)),
      },
      { ...axis, size: 40, space: 32, values: (_, counts) => counts.map((count) => (Number.isInteger(count) ? formatNumber(count) : '')) },
    ],
    series: [{}, { ...line, fill: colour('--curve-fill'), width: 2 }, { ...line, width: 1.5, dash: [4, 4] }],
  };
}

/** A count holds until the next reading says another one. */
function steppedBy({ paths: { stepped } }: Plotter): Pick<uPlot.Series, 'paths'> {
  return stepped === undefined ? {} : { paths: stepped({ align: 1 }) };
}

function formatClock(seconds: number, isFine: boolean): string {
  const time = new Date(seconds * 1_000);
  const parts = [time.getHours(), time.getMinutes(), ...(isFine ? [time.getSeconds()] : [])];
  return parts.map((value) => String(value).padStart(2, '0')).join(':');
}
