/** Browsers draw nothing beyond some 16 to 33 million pixels; this stays well below. */
const maxHeight = 8_000_000;

/**
 * Maps a scroll bar of limited height to any number of lines. Small movements are exact; long
 * ones, made by dragging the bar, go to the same share of the whole. (The way of SlickGrid.)
 */
export class LineScroll {
  #total = 0;
  #view = 0;
  #offset = 0;
  #last = 0;
  #version = 0;
  readonly #listeners = new Set<() => void>();

  readonly lineHeight: number;

  constructor(lineHeight: number) {
    this.lineHeight = lineHeight;
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes with every movement. */
  version = (): number => this.#version;

  /** The height to give to the scrolled content. */
  get height(): number {
    return Math.min(maxHeight, this.#total);
  }

  /** The position in the whole, in pixels. */
  get top(): number {
    return this.#last + this.#offset;
  }

  /** Where a line is drawn inside the scrolled content. */
  placeOf(line: number): number {
    return line * this.lineHeight - this.#offset;
  }

  /** The lines on the screen, the last one included. */
  visible(): { first: number; last: number } {
    const first = Math.floor(this.top / this.lineHeight);
    return { first, last: Math.ceil((this.top + this.#view) / this.lineHeight) };
  }

  get atEnd(): boolean {
    return this.top + this.#view >= this.#total - this.lineHeight;
  }

  /**
   * Takes a new number of lines or a new window; returns the scroll position to set. Lines that
   * are only added move nothing.
   */
  resize(lines: number, view: number): number {
    this.#total = lines * this.lineHeight;
    this.#view = view;
    if (this.top + view > this.#total) return this.scrollTo(this.top);
    return this.#moved(this.#last);
  }

  /** Goes to a position in the whole; returns the scroll position to set. */
  scrollTo(top: number): number {
    const within = Math.max(0, Math.min(top, Math.max(0, this.#total - this.#view)));
    const { pageHeight, pages, shift } = this.#pages();
    const page = Math.min(pages - 1, Math.floor(within / pageHeight));
    this.#offset = Math.round(Math.max(0, page) * shift);
    return this.#moved(within - this.#offset);
  }

  /** The bar moved; returns the scroll position to set where that differs. */
  scrolled(position: number): number {
    if (position === this.#last) return position;
    const distance = Math.abs(position - this.#last);
    if (distance <= this.#view || this.#total <= maxHeight) {
      return this.scrollTo(position + this.#offset);
    }
    const share = (this.#total - this.#view) / (this.height - this.#view);
    const { pageHeight, pages, shift } = this.#pages();
    const page = Math.min(pages - 1, Math.floor((position * share) / pageHeight));
    this.#offset = Math.round(page * shift);
    return this.#moved(position);
  }

  #moved(position: number): number {
    this.#last = position;
    this.#version += 1;
    for (const listener of this.#listeners) listener();
    return position;
  }

  #pages() {
    const height = Math.max(1, this.height);
    const pageHeight = height / 100;
    const pages = Math.max(1, Math.floor(this.#total / pageHeight));
    return { pageHeight, pages, shift: pages > 1 ? (this.#total - height) / (pages - 1) : 0 };
  }
}
