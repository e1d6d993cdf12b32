// Those who want to be told of something.

export class Listeners<What> {
  private readonly takes = new Set<(what: What) => void>();

  /** Returns the function that ends it. */
  add(take: (what: What) => void): () => void {
    this.takes.add(take);
    return () => this.takes.delete(take);
  }

  tell(what: What): void {
    for (const take of [...this.takes]) take(what);
  }
}
