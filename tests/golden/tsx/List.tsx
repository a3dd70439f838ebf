import * as React from "react";

/** What a list shows. */
interface Props<T> {
  items: T[];
  onPick?: (item: T) => void;
}

enum Order {
  Up,
  Down,
}

/**
 * Shows items one below the other.
 */
export function List<T extends { id: string }>({ items, onPick }: Props<T>): JSX.Element {
  const [order, setOrder] = React.useState(Order.Up);
  const flip = () => {
    setOrder(order === Order.Up ? Order.Down : Order.Up);
  };
  if (!items.length) {
    return <p>Nothing here</p>;
  }
  return (
    <ul onClick={flip}>
      {items.map((item) => (
        <li key={item.id} onClick={() => onPick && onPick(item)}>
          {item.id}
        </li>
      ))}
    </ul>
  );
}

export class Boundary extends React.Component<{ children: React.ReactNode }> {
  state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  /** Shows the children until one fails. */
  render(): React.ReactNode {
    return this.state.failed ? <b>Failed</b> : this.props.children;
  }
}

export const Badge = ({ count = 0 }: { count?: number }) => <span className="badge">{count}</span>;
