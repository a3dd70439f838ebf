{-# LANGUAGE LambdaCase #-}
module Store.Ledger (Entry (..), balance) where

import qualified Data.Map as Map
import Data.List (sortOn)

-- | What an account has.
data Entry a
  = Credit { amount :: a, memo :: String }
  | Debit a
  deriving (Show, Eq)

newtype Account = Account Int

type Ledger = Map.Map Account [Entry Int]

-- | Things with a value.
class Valued v where
  value :: v -> Int
  value _ = 0

  -- | In words.
  name :: v -> String
  short, long :: v -> String
  short = name
  (<&>) :: v -> v -> v
  type Unit v

type family Element c where
  Element [e] = e

data family Store a

data a :+: b = L a | R b

pattern Cents :: Int -> Entry Int
pattern Cents n <- Credit n _

foreign import ccall "math.h sin" c_sin :: Double -> Double

instance Valued (Entry Int) where
  value (Credit a _) = a
  value (Debit a) = negate a
  name = const "entry"

{- | Adds up all entries.

It is zero for none. -}
balance :: [Entry Int] -> Int
balance [] = 0
balance (entry : rest)
  | value entry == 0 && null rest = 0
  | otherwise = value entry + balance rest

-- | Finds the largest.
largest :: Int -> [Entry Int] -> Maybe (Entry Int)
largest limit entries = case sorted of
  [] -> Nothing
  (first : _) -> if value first > limit then Nothing else Just first
  where
    sorted = sortOn (negate . value) entries
    bounded n = min n limit

(<+>) :: Entry Int -> Entry Int -> Int
left <+> right = value left + value right

-- A prime belongs to a name.
largest' :: [Entry Int] -> Maybe (Entry Int)
largest' = largest maxBound

(<->) a b = value a - value b

#if MIN_VERSION_base(4,11,0)
cents :: Int -> String
cents = show
#else
cents :: Int -> String
cents n = show n ++ "c"
#endif

-- Not about anything.

main :: IO ()
main = do
  let total = balance [Debit 1]
  print total
