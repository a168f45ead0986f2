import { StreamableFile } from '@nestjs/common';
import type { EChartsOption } from 'echarts';

/** Told apart also without colours (Okabe and Ito, 2008). */
export const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#999999', '#f0e442'];

/** Of text and lines. */
export const INK = '#1c2733';

export const WIDTH = 1080;
const HEIGHT = 560;

/** A picture in SVG, without a script. */
export async function chartSvg(options: EChartsOption, height = HEIGHT): Promise<string> {
  // Loaded with the first chart: nobody else should wait for it.
  const { init, setPlatformAPI } = await import('echarts');
  setPlatformAPI({
    measureText: (text, font) => ({ width: textWidth(text, Number(/\d+/.exec(font ?? '')?.[0] ?? FONT_SIZE)) }),
  });
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({ ...HOUSE, ...options });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** An answer that shows a picture. */
export const svgFile = (svg: string): StreamableFile =>
  new StreamableFile(Buffer.from(svg), { type: 'image/svg+xml; charset=utf-8' });

const HOUSE: EChartsOption = {
  animation: false,
  color: COLOURS,
  textStyle: { fontFamily: 'DejaVu Sans, Noto Sans, Arial, sans-serif' },
};

export const titled = (text: string, subtext: string) => ({ text, subtext, left: 16, top: 12 });

const FONT_SIZE = 12;

/** There is no screen to measure on; letters of the fonts named are this wide on average, in Latin and Cyrillic. */
const textWidth = (text: string, size: number): number => text.length * size * 0.62;

/** As many letters as there is room for. */
export const shortened = (name: string, most: number): string =>
  name.length > most ? `${name.slice(0, most - 1)}…` : name;

/** 0.625 is 63 %. */
export const percent = (value: number): string => `${Math.round(value * 100)} %`;

const LEGEND_MARGIN = 60;
const LEGEND_GAP = 18;
/** What a line may leave empty because the next name is too long for it. */
const LEGEND_RAGGED = 100;
/** A colour and the space behind it. */
const LEGEND_ICON = 30;

/** What the colours mean, below the picture. */
export const LEGEND = {
  type: 'plain',
  bottom: 12,
  left: LEGEND_MARGIN,
  right: LEGEND_MARGIN,
  itemGap: LEGEND_GAP,
} as const;

/** Pixels that LEGEND needs for these names. */
export function legendHeight(names: string[]): number {
  const needed = names.reduce((sum, name) => sum + LEGEND_ICON + textWidth(name, FONT_SIZE) + LEGEND_GAP, 0);
  return 32 * Math.ceil(needed / (WIDTH - 2 * LEGEND_MARGIN - LEGEND_RAGGED));
}

/** Months told below an axis: slanted, and side by side. */
const MOST_LABELS = 24;
const MOST_LEVEL_LABELS = 14;

/** The months below a picture, every second or third of them where they are many, and the pixels they need. */
export function monthLabels(count: number): { rotate: number; interval: number; height: number } {
  const slanted = count > MOST_LEVEL_LABELS;
  return { rotate: slanted ? 45 : 0, interval: Math.ceil(count / MOST_LABELS) - 1, height: slanted ? 62 : 42 };
}
