import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { isDialogOpen } from './screen-keys.ts';
import classes from './virtual-list.module.css';

export interface VirtualListProps<T> {
	/** What the list is, for a screen reader. */
	readonly label: string;
	readonly rows: readonly T[];
	readonly rowKey: (row: T) => string;
	readonly renderRow: (row: T, selected: boolean) => ReactNode;
	/** Enter, or a click. */
	readonly onOpen: (row: T) => void;
	/** Each row's height in pixels. */
	readonly rowHeight?: number | undefined;
	/** Takes the arrow keys at once, without a click into it. */
	readonly autoFocus?: boolean | undefined;
	/** Lists with a name remember their place while the app is open. */
	readonly placeName?: string | undefined;
	readonly onSelect?: ((row: T) => void) | undefined;
	/** The row that is selected, where the screen decides it. */
	readonly selectedKey?: string | undefined;
}

const ownArrows = 'input, textarea, select, [role="listbox"], [role="menu"], [role="radiogroup"], [role="tablist"]';

const places = new Map<string, { readonly key: string; readonly offset: number }>();

/** A list of any length: arrow keys, Page Up and Down, Home and End select a row, Enter opens it. */
export function VirtualList<T>(props: VirtualListProps<T>) {
	const { label, rows, rowKey, renderRow, onOpen, rowHeight = 64, autoFocus, placeName, onSelect } = props;
	const scroller = useRef<HTMLDivElement>(null);
	const place = placeName === undefined ? undefined : places.get(placeName);
	const [ownKey, setSelectedKey] = useState<string | null>(place?.key ?? null);
	const selectedKey = props.selectedKey ?? ownKey;
	const listId = useId();
	const virtualizer = useVirtualizer({
		count: rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowHeight,
		overscan: 8,
		initialOffset: place?.offset ?? 0,
		getItemKey: (index) => {
			const row = rows[index];
			return row === undefined ? index : rowKey(row);
		},
	});
	const found = useMemo(
		() => (selectedKey === null ? -1 : rows.findIndex((row) => rowKey(row) === selectedKey)),
		[rows, rowKey, selectedKey],
	);
	const selected = found === -1 ? 0 : found;

	useEffect(() => {
		if (autoFocus === true) scroller.current?.focus({ preventScroll: true });
	}, [autoFocus]);

	const select = (index: number) => {
		const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
		if (row === undefined) return;
		setSelectedKey(rowKey(row));
		virtualizer.scrollToIndex(rows.indexOf(row));
		remember(rowKey(row));
		onSelect?.(row);
	};
	const remember = (key: string) => {
		if (placeName !== undefined) places.set(placeName, { key, offset: scroller.current?.scrollTop ?? 0 });
	};
	const open = (row: T) => {
		remember(rowKey(row));
		onOpen(row);
	};
	const keyDown = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
		const moves: Readonly<Record<string, number>> = {
			ArrowDown: selected + 1,
			ArrowUp: selected - 1,
			PageDown: selected + pageRows,
			PageUp: selected - pageRows,
			Home: 0,
			End: rows.length - 1,
		};
		const to = moves[event.key];
		const row = rows[selected];
		if (to !== undefined) select(to);
		else if (event.key === 'Enter' && row !== undefined) {
			if (!event.repeat) open(row);
		} else return;
		event.preventDefault();
	};

	useEffect(() => {
		// With the focus on nothing that has keys of its own, the arrows belong to the list.
		const pressed = (event: globalThis.KeyboardEvent) => {
			const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
			if (!isArrow || event.defaultPrevented || isDialogOpen()) return;
			if (event.target instanceof Element && event.target.closest(ownArrows) !== null) return;
			scroller.current?.focus({ preventScroll: true });
			event.preventDefault();
		};
		window.addEventListener('keydown', pressed);
		return () => window.removeEventListener('keydown', pressed);
	}, []);

	return (
		<div
			ref={scroller}
			role="listbox"
			aria-label={label}
			aria-activedescendant={rows.length === 0 ? undefined : `${listId}-${selected}`}
			tabIndex={0}
			className={classes.list}
			onKeyDown={keyDown}
		>
			<div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
				{virtualizer.getVirtualItems().map((item) => {
					const row = rows[item.index];
					if (row === undefined) return null;
					const isSelected = item.index === selected;
					return (
						// biome-ignore lint/a11y/useKeyWithClickEvents: the list itself holds the focus and takes the keys
						<div
							key={item.key}
							id={`${listId}-${item.index}`}
							role="option"
							aria-selected={isSelected}
							aria-setsize={rows.length}
							aria-posinset={item.index + 1}
							tabIndex={-1}
							className={classes.row}
							style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
							onClick={() => open(row)}
						>
							{renderRow(row, isSelected)}
						</div>
					);
				})}
			</div>
		</div>
	);
}
