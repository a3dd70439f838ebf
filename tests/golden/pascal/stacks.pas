unit Stacks;

interface

uses
  SysUtils, Classes;

type
  TOrder = (Rising, Falling);

  { A stack of numbers. }
  TStack = class(TObject)
  private
    FItems: array of Integer;
  public
    constructor Create(Limit: Integer);
    destructor Destroy; override;
    function Pop: Integer;
    procedure Push(Item: Integer; Times: Integer = 1);
  end;

  TPair = record
    Left, Right: Integer;
  end;

  ICounted = interface
    function Count: Integer;
  end;

  TPoint = object
    X, Y: Integer;
    procedure Move(DX, DY: Integer);
  end;

  TStackHelper = class helper for TStack
    function IsEmpty: Boolean;
  end;

  TCache<T> = class
    class function Find<K>(const Key: K): T; static;
  end;

function Larger(A, B: Integer): Integer;
procedure Sort(var Items: array of Integer); external 'sorting';
operator + (const A, B: TPair) C: TPair;

implementation

{ TStack }

constructor TStack.Create(Limit: Integer);
begin
  inherited Create;
  SetLength(FItems, Limit);
end;

destructor TStack.Destroy;
begin
  inherited;
end;

// Takes the item on top.
function TStack.Pop: Integer;
begin
  Result := FItems[High(FItems)];
end;

{ Puts an item on top. }
procedure TStack.Push(Item: Integer; Times: Integer = 1);
var
  I: Integer;
begin
  for I := 1 to Times do
  begin
    if (Item > 0) and (Times < 100) then
      FItems[I] := Item
    else
      raise Exception.Create('no room');
  end;
end;

class function TCache<T>.Find<K>(const Key: K): T;
begin
  Result := Default(T);
end;

operator + (const A, B: TPair) C: TPair;
begin
  C.Left := A.Left + B.Left;
end;

procedure Swap(var A, B: Integer); stdcall;
var
  C: Integer;
begin
  C := A;
  A := B;
  B := C;
end;

function Larger(A, B: Integer): Integer;

  function Twice(N: Integer): Integer;
  begin
    Result := 2 * N;
  end;

begin
  case A of
    0: Result := B;
    1: Result := Twice(A);
  else
    Result := A;
  end;
  while Result > 100 do
    Result := Result div 2;
end;

end.
