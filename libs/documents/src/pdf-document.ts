/** Looks of text, named so that documents look alike. */
export type PdfStyleName = 'title' | 'subtitle' | 'heading' | 'subheading' | 'head' | 'small' | 'muted' | 'label';

/** How a piece is set; lengths are in points. */
export interface PdfLook {
  style?: PdfStyleName | PdfStyleName[];
  bold?: boolean;
  italics?: boolean;
  fontSize?: number;
  color?: string;
  alignment?: 'left' | 'right' | 'center' | 'justify';
  lineHeight?: number;
  /** left, top, right, bottom */
  margin?: [number, number, number, number];
  width?: number | '*' | 'auto';
  pageBreak?: 'before' | 'after';
}

/** A piece of a line; a link that is not http, https or mailto is left out. */
export interface PdfSpan extends PdfLook {
  text: string;
  link?: string;
}

/** A paragraph. */
export interface PdfText extends PdfLook {
  text: string | (string | PdfSpan)[];
  link?: string;
}

/** A heading: `tocItem` puts it into the contents, `outline` among the bookmarks. */
export interface PdfHeading extends PdfLook {
  text: string;
  tocItem?: boolean;
  tocMargin?: [number, number, number, number];
  outline?: boolean;
}

export interface PdfTable extends PdfLook {
  table: {
    body: PdfContent[][];
    widths: (number | '*' | 'auto')[];
    headerRows?: number;
    keepWithHeaderRows?: number;
    dontBreakRows?: boolean;
  };
  /** rows: a fine line below each; plain: no lines. */
  layout: 'rows' | 'plain';
}

/**
 * What stands in a document, of top to bottom: plain data, made by our own code. Text is printed as it is; there is no way to
 * name a file, a picture or an address to fetch.
 */
export type PdfContent =
  | string
  | PdfText
  | PdfHeading
  | PdfTable
  | (PdfLook & { stack: PdfContent[]; unbreakable?: boolean })
  | (PdfLook & { columns: PdfContent[]; columnGap?: number })
  | (PdfLook & { ul: PdfContent[] })
  | (PdfLook & { toc: { title?: PdfText; textMargin?: [number, number, number, number] } });

export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** Languages the printer itself knows words of. */
export const PDF_LANGUAGES = ['en', 'az', 'ru'] as const;
export type PdfLanguage = (typeof PDF_LANGUAGES)[number];

/** All there is to say about a document. */
export interface PdfDocument {
  title: string;
  language: PdfLanguage;
  content: PdfContent[];
  /** Top of each page but the cover. */
  headerText?: string;
  /** Bottom of each page but the cover, beside the number of the page. */
  footerText?: string;
  /** Whether pages are numbered, “Page 3 of 40”; letters are not. Default: yes. */
  numbered?: boolean;
  /** The first page is a cover: without header and footer. */
  cover?: boolean;
  landscape?: boolean;
  /** Default: a4. */
  paper?: Paper;
  /** Who it is from. */
  author?: string;
  /** RFC 3339; the same document of the same moment is the same file. */
  madeAt: string;
}
