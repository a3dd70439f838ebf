(ns store.cart
  "Carts of items."
  (:require [clojure.string :as str]
            [store.item :as item]))

(def limit 10)

;; What can be priced.
(defprotocol Priced
  (price [this] "In cents."))

(defrecord Line [sku quantity]
  Priced
  (price [_] (* quantity (item/price sku))))

(deftype Box [^:mutable content]
  clojure.lang.IDeref
  (deref [_] content))

(extend-protocol Priced
  nil
  (price [_] 0))

(defn add ; to a cart
  "Adds a line, unless the cart is full.

  Returns the cart."
  [cart line & {:keys [force]}]
  (if (or force (< (count cart) limit))
    (conj cart line)
    (throw (ex-info "full" {:cart cart}))))

(defn- total
  ([lines] (total lines 0))
  ([lines start]
   (loop [sum start, left lines]
     (cond
       (empty? left) sum
       (and (first left) (pos? sum)) (recur (+ sum (price (first left))) (rest left))
       :else (recur sum (rest left))))))

(defmulti describe
  "Describes a thing in words."
  :kind)

(defmethod describe :line [{:keys [sku]}]
  (str/upper-case sku))

(defmacro unless-empty
  "Runs body where the cart has lines."
  [cart & body]
  `(when (seq ~cart) ~@body))

(defmacro each-line
  "Runs body for each line."
  ([cart] `(each-line ~cart nil))
  ([cart & body] `(run! (fn [~'line] ~@body) ~cart)))

(s/defn count-lines :- s/Int
  "How many lines a cart has."
  [cart :- Cart]
  (count cart))

(defmethod describe :default describe-default [thing]
  (str thing))

(deftest total-test
  (is (= 0 (total []))))
