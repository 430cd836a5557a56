/** Rows that came as one JSON text; none for null. */
export const parsedRows = <Row>(text: string | null) => (text === null ? [] : (JSON.parse(text) as Row[]));
